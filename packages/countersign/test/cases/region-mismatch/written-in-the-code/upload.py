import boto3

s3 = boto3.client('s3', region_name='us-east-1')


def upload(name, body):
    s3.put_object(Bucket='examplebucket', Key=name, Body=body)
